"""A municipality's routine as data: what it holds, who may do what next, and whether it can be trusted."""
