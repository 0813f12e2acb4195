"""Passkeys (WebAuthn): a key in a phone, a computer or a stick that signs for this portal's address and for no other."""
