# A static program, a CA bundle, and nothing else: no shell, no package manager, no root.
#   docker build -t razebulk .
#   docker run --rm -v "$PWD:/data" -u "$(id -u)" -e GETRAZE_API_KEY razebulk update --dry-run deals.csv
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=0.2.0-dev
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X razebulk/internal/cli.developed=${VERSION}" -o /razebulk . \
 && mkdir -m 1777 /newtmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /newtmp /tmp
COPY --from=build /razebulk /razebulk
COPY LICENSE THIRD_PARTY.md /
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/razebulk"]
CMD ["--help"]
