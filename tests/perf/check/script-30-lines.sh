#!/usr/bin/env bash
# Builds a release and puts it where the web server finds it.
set -euo pipefail
cd "$(dirname "$0")/.."

version="${1:-$(git describe --tags --always)}"
target="dist/app-$version"
mkdir -p "$target"

for crate in server worker cli; do
    echo "building $crate"
    cargo build --release -p "$crate"
    cp "target/release/$crate" "$target/"
done

if [[ -d web ]]; then
    (cd web && npm ci && npm run build)
    cp -r web/dist "$target/public"
fi

cat > "$target/VERSION" <<EOF
$version
$(date -u +%Y-%m-%dT%H:%M:%SZ)
EOF

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tar czf "$tmp/app.tar.gz" -C dist "app-$version"
sha256sum "$tmp/app.tar.gz" | cut -d' ' -f1 > "$tmp/app.sha256"
rsync -a "$tmp/" deploy@web1:/srv/releases/
ssh deploy@web1 "ln -sfn /srv/releases/app-$version /srv/app && systemctl --user restart app"
