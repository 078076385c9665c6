from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "nitka.sale.companies"
    label = "companies"
