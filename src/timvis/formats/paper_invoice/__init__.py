"""An invoice on paper or as a picture, typed in by somebody who has it beside her."""
