"""The official list of municipalities (Gemeindeverzeichnis): how it is told, read and checked."""
