// Umlauts, ae and a are the same letter here, as are ß and ss, Sankt and St.; signs part words.
const folded = (text) =>
    text
        .toLowerCase()
        .replace(/ß/g, "ss")
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .replace(/([aou])e/g, "$1")
        .replace(/[^a-z0-9]+/g, " ")
        .trim()
        .replace(/\bsankt\b/g, "st")
