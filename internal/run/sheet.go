package run

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// OpenSheet is [files.OpenInput]. It refuses the address of a sheet, which is no name of a file.
func OpenSheet(ctx context.Context, path string, stdin io.Reader) (*files.Input, error) {
	input, err := files.OpenInput(ctx, path, stdin)
	if errors.Is(err, fs.ErrNotExist) && (strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://")) {
		return nil, reason.New("file_is_address")
	}
	return input, err
}
