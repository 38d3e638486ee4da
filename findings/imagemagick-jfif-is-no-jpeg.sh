#!/usr/bin/env bash
# ImageMagick 6.9.11-60 (Debian 12: imagemagick-6.q16 8:6.9.11.60+dfsg-1.6+deb12u15)
#
# A PNG is converted to `photo.jfif`, the name under which browsers on Windows save JPEG pictures.
# One would guess: a JPEG, as with .jpg, .jpeg and .jpe; or an error, as the name is not known.
# What happens: a PNG with the name photo.jfif, and no word of it: where ImageMagick does not know an extension, it keeps the
# format of what it has read. The same with .pjp, which Chromium also lists for image/jpeg; .pjpeg is known. Reading such files
# works, since reading goes by content.
# Why it matters: thumbnails that a server makes under the uploaded name, with `-resize` and `-quality`, are of another
# format than their name and type say, a check of content refuses them, and PNG photographs are several times as large.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
version=8:6.9.11.60+dfsg-1.6+deb12u15
mkdir -p archives/partial
# With all that it needs and is not there; nothing is installed.
apt-get -o Dir::Cache::archives="$dir/archives" -y --no-install-recommends --download-only --reinstall install \
  "imagemagick-6.q16=$version" "libmagickcore-6.q16-6=$version" "libmagickwand-6.q16-6=$version" "imagemagick-6-common=$version" >apt.log 2>&1 || { cat apt.log; exit 1; }
for package in archives/*.deb; do dpkg-deb -x "$package" root; done
lib=$(dirname "$(find "$dir/root" -name 'libMagickCore-6.Q16.so.6' | head -1)")
export LD_LIBRARY_PATH="$lib" MAGICK_CONFIGURE_PATH="$dir/root/etc/ImageMagick-6"
MAGICK_CODER_MODULE_PATH=$(find "$dir/root" -type d -name coders | head -1)
export MAGICK_CODER_MODULE_PATH
convert=$dir/root/usr/bin/convert-im6.q16
"$convert" -version | head -1
"$convert" -size 64x48 plasma:orange source.png
seen=
for extension in jpg jpe jfif pjp pjpeg; do
  "$convert" source.png "photo.$extension" && code=$?
  start=$(head -c 3 "photo.$extension" | od -An -tx1 | tr -d ' ')
  case $start in ffd8ff) kind=JPEG ;; 89504e) kind=PNG ;; *) kind=$start ;; esac
  echo "source.png → photo.$extension: exit $code, $kind"
  seen="$seen$kind "
done
echo 'by guess: JPEG, or an error'
[ "$seen" = 'JPEG JPEG PNG PNG JPEG ' ]
