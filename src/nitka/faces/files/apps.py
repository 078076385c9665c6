from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nitka.faces.files"
    label = "files"
