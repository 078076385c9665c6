def test_every_operation_can_be_read_with_an_example(client, db) -> None:
    page = client.get("/api/v1/docs").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    for path in schema["paths"]:
        assert path in page
    assert "anna@example.com" in page
    assert "<script" not in page
