// Package outcome tracks, attempt by attempt, the outcome of each field of a row that was sent.
package outcome

import (
	"errors"
	"slices"

	"razebulk/internal/getraze"
)

// Became is the outcome of the value that was sent for a field.
type Became int

const (
	// Refused means that the service said that it did not store the value.
	Refused Became = iota
	// Doubtful means that the value may have been stored, or not.
	Doubtful
	// NotApplied means that the service said that it stored the value, but holds another one, or answered about another
	// opportunity.
	NotApplied
	// Unverified means that the service said that it stored the value, but not what the field holds now.
	Unverified
	// Verified means that the service holds the value.
	Verified
)

// Field is a field that was sent.
type Field struct {
	Field  getraze.Field
	Became Became
}

// IsStored reports whether the service said that it stored the value.
func (f Field) IsStored() bool { return f.Became == Unverified || f.Became == Verified }

// IsDoubtful reports whether it is not known what the field holds now.
func (f Field) IsDoubtful() bool { return f.Became == Doubtful || f.Became == NotApplied }

// Fields are all fields that were sent, each once.
type Fields []Field

// Learn records what an attempt shows about the fields that it sent.
func (fs *Fields) Learn(sent []getraze.Field, answer getraze.Answer, err error) {
	differing, silent := answer.Verify(sent)
	_, isOther := getraze.AboutOther(err)
	*fs = slices.Grow(*fs, len(sent))
	for _, field := range sent {
		switch {
		case err != nil && wasRefused(err):
			fs.Set(field, Refused)
		case isOther:
			fs.Set(field, NotApplied)
		case err != nil:
			fs.Set(field, Doubtful)
		case slices.Contains(differing, field.Name):
			fs.Set(field, NotApplied)
		case slices.Contains(silent, field.Name):
			fs.Set(field, Unverified)
		default:
			fs.Set(field, Verified)
		}
	}
}

// wasRefused reports whether it is certain that nothing was stored: the service said so. A failure of the service
// itself, reported by the API or not, proves nothing.
func wasRefused(err error) bool {
	var refusal *getraze.APIError
	return errors.As(err, &refusal) && refusal.HTTPStatus < 500
}

// Set records the latest outcome of a field. A refusal says nothing about an earlier attempt that may have been stored.
func (fs *Fields) Set(field getraze.Field, now Became) {
	for i := range *fs {
		f := &(*fs)[i]
		if f.Field.Name != field.Name {
			continue
		}
		if now != Refused || f.Became != Doubtful {
			f.Became = now
		}
		return
	}
	*fs = append(*fs, Field{field, now})
}

// Stored returns the fields that were stored, and those that may have been.
func (fs Fields) Stored() (stored, doubtful []getraze.Field) {
	for _, f := range fs {
		switch {
		case f.IsStored():
			stored = append(stored, f.Field)
		case f.IsDoubtful():
			doubtful = append(doubtful, f.Field)
		}
	}
	return stored, doubtful
}

// AreVerified reports whether the service holds all of them.
func (fs Fields) AreVerified() bool {
	return !slices.ContainsFunc(fs, func(f Field) bool { return f.Became != Verified })
}

// That returns the names of the fields with one of these outcomes.
func (fs Fields) That(wanted ...Became) []string {
	var names []string
	for i := range fs {
		if !slices.Contains(wanted, fs[i].Became) {
			continue
		}
		if names == nil {
			names = make([]string, 0, len(fs)-i)
		}
		names = append(names, fs[i].Field.Name)
	}
	return names
}
