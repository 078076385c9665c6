"""The studio: models of the demo shop's goods, their pictures and their files for 3-D and AR. A tool, not part of Nitka."""
