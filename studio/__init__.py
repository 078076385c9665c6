"""The studio: models of the demo shop's goods, their pictures, their files for 3-D and AR. Not part of Nitka."""
