"""The migrations of apps that are to store nothing here: there are none, so none of their tables is ever made."""
