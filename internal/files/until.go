package files

import (
	"context"
	"io"
)

// WriterUntil returns a writer to out that fails with the cause of ctx once ctx is done. It has none of out's other
// methods: [io.Copy] and buffers would use them to bypass the check.
func WriterUntil(ctx context.Context, out io.Writer) io.Writer { return writerUntil{ctx, out} }

type writerUntil struct {
	ctx context.Context //nolint:containedctx // it is what the writer is about
	out io.Writer
}

func (w writerUntil) Write(p []byte) (int, error) {
	if err := context.Cause(w.ctx); err != nil {
		return 0, err
	}
	return w.out.Write(p)
}
