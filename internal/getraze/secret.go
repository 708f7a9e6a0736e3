package getraze

import (
	"strconv"
	"strings"
)

// newSecret replaces a key in a text, also where it is quoted.
func newSecret(key string) *strings.Replacer {
	quoted := strconv.Quote(key)
	return strings.NewReplacer(key, "[key]", quoted[1:len(quoted)-1], "[key]")
}

// redact keeps the key out of messages, should a server repeat the request's headers in its answer.
func (c *Client) redact(s string) string { return c.secret.Replace(s) }

// redactError does so for net/http's errors, which quote what they can't parse.
func (c *Client) redactError(err error) error {
	said := err.Error()
	if redacted := c.redact(said); redacted != said {
		return &secretError{redacted, err}
	}
	return err
}

// secretError is an error whose own text shows the key.
type secretError struct {
	redacted string
	err      error
}

func (e *secretError) Error() string { return e.redacted }

func (e *secretError) Unwrap() error { return e.err }
