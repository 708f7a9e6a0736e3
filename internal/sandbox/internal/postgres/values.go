// Package postgres reads and writes values as PostgreSQL does, as far as the sandbox needs it.
package postgres

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Text is a string or, as its zero value, null.
type Text struct {
	String string
	Valid  bool // not null
}

// MarshalJSON returns a JSON string or null.
func (t Text) MarshalJSON() ([]byte, error) {
	if !t.Valid {
		return []byte("null"), nil
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(t.String)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// TextOf returns a Text that is not null, even if it is empty.
func TextOf(s string) Text { return Text{s, true} }

// NonEmpty returns a Text that is null if the string is empty.
func NonEmpty(s string) Text { return Text{s, s != ""} }

// Varchar returns a JSON value as a text column stores it. The limit is in characters; 0 means none. It returns false
// if the column refuses the value. A value that is not a string is stored as it is written in JSON.
func Varchar(value any, limit int) (Text, bool) {
	if value == nil {
		return Text{}, true
	}
	text, ok := value.(string)
	if !ok {
		written, err := json.Marshal(value)
		if err != nil {
			return Text{}, false
		}
		text = string(written)
	}
	tooLong := limit > 0 && utf8.RuneCountInString(text) > limit
	return Text{text, true}, !tooLong && !strings.Contains(text, "\x00")
}

// Integer returns a JSON value as an integer column stores it, with 0 for null.
func Integer(value any) (int, bool) {
	text, _ := Varchar(value, 0)
	n, err := strconv.Atoi(text.String)
	return n, err == nil || !text.Valid
}

// Cents returns a JSON value as a numeric column with two decimals stores it.
func Cents(value any) (Text, bool) {
	text, _ := Varchar(value, 0)
	if !text.Valid {
		return Text{}, true
	}
	r, ok := new(big.Rat).SetString(text.String)
	if !ok {
		return Text{}, false
	}
	return Text{r.FloatString(2), true}, true
}

// Timestamp returns t as text: a blank between date and time, at most six decimals without trailing zeros, and a zone
// that has minutes only if they are not zero. The zero time is null.
func Timestamp(t time.Time, zone *time.Location) Text {
	if t.IsZero() {
		return Text{}
	}
	layout := "2006-01-02 15:04:05.999999-07"
	t = t.In(zone)
	if _, offset := t.Zone(); offset%3600 != 0 {
		layout += ":00"
	}
	return Text{t.Format(layout), true}
}

// Contains works like ILIKE with % on both sides: it reports whether a text contains a pattern, ignoring case. In the
// pattern % stands for any text, _ for any character, and a backslash makes the next character literal. An empty
// pattern matches everything; any other never matches null.
func Contains(pattern string) func(Text) bool {
	if pattern == "" {
		return func(Text) bool { return true }
	}
	expression, literal := "(?is)", false
	for _, c := range pattern {
		switch {
		case literal:
			expression, literal = expression+regexp.QuoteMeta(string(c)), false
		case c == '\\':
			literal = true
		case c == '%':
			expression += ".*"
		case c == '_':
			expression += "."
		default:
			expression += regexp.QuoteMeta(string(c))
		}
	}
	matcher := regexp.MustCompile(expression)
	return func(t Text) bool { return t.Valid && matcher.MatchString(t.String) }
}
