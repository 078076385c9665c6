"""What an attribute is called, from the name of its field."""

_ACRONYMS = frozenset({
    "ac", "bios", "cd", "cpu", "db", "dc", "ddr", "dimm", "dp", "dpi", "dvd", "dvi", "ecc", "fsb", "gpu", "gps",
    "hd", "hdd", "hdmi", "id", "iec", "io", "ip", "ipod", "iphone", "ir", "isa", "kvm", "lan", "lcd", "led", "lte",
    "mac", "mmc", "mp3", "mtbf", "nfc", "nic", "oem", "os", "pc", "pci", "pcie", "pdu", "poe", "ppm", "ps/2", "psu",
    "raid", "ram", "rf", "rj", "rohs", "rom", "rpm", "sas", "sata", "sd", "sdram", "sim", "snmp", "so", "ssd",
    "tdp", "tv", "uk", "ups", "us", "usb", "vesa", "vga", "vlan", "vt", "wan", "wlan", "wxdxh",
})  # fmt: skip
_PROPER = {"wi fi": "Wi-Fi", "bluetooth": "Bluetooth", "intel": "Intel", "windows": "Windows", "mac os": "macOS"}


def label(name: str) -> str:
    """`thermal_design_power__tdp_` → "Thermal design power (TDP)": such names end in what stood in brackets."""
    note = ""
    if name.endswith("_") and "__" in name.rstrip("_"):
        name, _, note = name.rstrip("_").rpartition("__")
    text = _words(name)
    text = text[:1].upper() + text[1:]
    return f"{text} ({_words(note)})" if note else text


def _words(name: str) -> str:
    words = name.replace("_", " ").split()
    text = " ".join(word.upper() if word in _ACRONYMS else word for word in words)
    for plain, proper in _PROPER.items():
        if plain in text:
            text = text.replace(plain, proper)
    return text
