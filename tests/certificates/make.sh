#!/bin/sh
# Makes the certificates that tests/whole/external.rs serves: an authority, and
# what it signed for 127.0.0.1, for another host, and for a time that is over.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"; }
cat > "$work/ca.conf" <<END
[ca]
default_ca = ca_default
[ca_default]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
unique_subject = no
policy = policy
[policy]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[host]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = \${ENV::NAME}
END
: > "$work/index"
sign() { # file, alternative name, not before, not after, further arguments
  file=$1; NAME=$2; export NAME; begin=$3; end=$4; shift 4
  key "$file"
  openssl req -new -key "$work/$file.key" -subj "/CN=twintown tests, $file" -out "$work/$file.csr"
  openssl ca -batch -notext -config "$work/ca.conf" -in "$work/$file.csr" \
    -startdate "$begin" -enddate "$end" -out "$work/$file.pem" "$@"
  openssl x509 -in "$work/$file.pem" -outform DER -out "$file.der"
}
host() { sign "$1" "$2" "$3" "$4" -extensions host -cert "$work/authority.pem" -keyfile "$work/authority.key"
  openssl pkcs8 -topk8 -nocrypt -in "$work/$1.key" -outform DER -out "$1.key.der"; }
sign authority "" 20200101000000Z 21200101000000Z -extensions authority -selfsign -keyfile "$work/authority.key"
host right IP:127.0.0.1 20200101000000Z 21200101000000Z
host other DNS:other.example.org 20200101000000Z 21200101000000Z
host expired IP:127.0.0.1 20200101000000Z 20210101000000Z
rm -r "$work"
