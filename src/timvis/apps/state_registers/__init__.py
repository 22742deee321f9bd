"""The municipality as the state's provider: its assignments, its assistants' registration, its forms and their days."""
