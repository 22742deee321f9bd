"""The municipality's substitute: who answers, who may take the shift, which sheet the time goes on, what is asked."""
