package textfile

import (
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"razebulk/csvmap/internal/cell"
	"razebulk/csvmap/internal/codepage"
	"razebulk/internal/reason"
)

// guess guesses, from the letters, the encoding of a text that is not UTF-8 and declares none. The result has a doubt
// if the letters are not conclusive.
func (d *detected) guess(file io.ReaderAt, size int64) (charset, error) {
	guess := d.sample.Guess()
	found, err := guessedCharset(guess)
	if err != nil {
		return charset{}, err
	}
	found.sample = &d.sample
	if guess.Sure && found.name != windows1252.name {
		if single, ok := found.encoding.(*charmap.Charmap); ok {
			guess.Sure = d.isWhole(single)
		} else if found.verify(file, size) != nil {
			guess.Sure = false
		}
		if guess.Sure {
			return found, nil
		}
	}
	found = windows1252
	found.sample = &d.sample
	found.doubt, err = d.doubt(file, guess)
	return found, err
}

// guessedCharset returns the guessed charset, or Windows-1252 if the guess has no name.
func guessedCharset(guess codepage.Guess) (charset, error) {
	if guess.Name == "" || guess.Name == "windows-1252" {
		return windows1252, nil
	}
	found, err := findEncoding(guess.Name)
	return charset{encoding: found, name: guess.Name, guessed: true}, err
}

// findEncoding knows the encodings of the web and of MS-DOS.
func findEncoding(name string) (encoding.Encoding, error) {
	if page, _ := codepage.Named(name); page != nil {
		return page, nil
	}
	return htmlindex.Get(name)
}

// isWhole reports whether all bytes of the text are characters of the encoding.
func (d *detected) isWhole(page *charmap.Charmap) bool {
	for b, at := range d.sample.First {
		if r := page.DecodeByte(byte(b)); at > 0 && (r == '\ufffd' || cell.IsC1(r)) {
			return false
		}
	}
	return true
}

// doubt returns why the text is most likely not Windows-1252, or nil. An error comes from the file.
func (d *detected) doubt(file io.ReaderAt, guess codepage.Guess) (doubt, err error) {
	if d.western.why == nil && guess.Name == windows1252Label {
		return nil, nil
	}
	likely := guess.Name
	if likely == windows1252Label {
		likely = ""
	}
	if d.western.why != nil {
		at, err := windows1252.placeOf(file, d.western.at)
		return d.western.why(at.String(), likely), err
	}
	at, err := windows1252.placeOf(file, guess.At)
	return reason.New("encoding_doubtful", "place", at.String(), "text", guess.Word, "encoding", windows1252.name, "likely", likely, "likely_text", guess.Likely), err
}

const windows1252Label = "windows-1252"
