from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "nitka.growth.campaigns"
    label = "campaigns"
