package getraze

import (
	"strconv"
	"strings"
)

// newSecret returns a replacer that hides a key in a text, quoted or not.
func newSecret(key string) *strings.Replacer {
	quoted := strconv.Quote(key)
	return strings.NewReplacer(key, "[key]", quoted[1:len(quoted)-1], "[key]")
}

// redact keeps the key out of messages, in case a server repeats the request's headers in its answer.
func (c *Client) redact(s string) string { return c.secret.Replace(s) }

// redactError does the same for net/http's errors, which quote what they can't parse.
func (c *Client) redactError(err error) error {
	said := err.Error()
	if redacted := c.redact(said); redacted != said {
		return &secretError{redacted, err}
	}
	return err
}

// secretError wraps an error whose own text shows the key.
type secretError struct {
	redacted string
	err      error
}

func (e *secretError) Error() string { return e.redacted }

func (e *secretError) Unwrap() error { return e.err }
