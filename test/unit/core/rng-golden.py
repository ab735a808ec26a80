# Prints the golden values of rng.test.ts, independently of src/core/rng.ts:
# FNV-1a, fmix32 of MurmurHash3 and sfc32 after their definitions, on Python integers.
MASK = 0xFFFFFFFF


def hash32(text, seed=0):
    h = (0x811C9DC5 ^ seed) & MASK
    for unit in memoryview(text.encode("utf-16-le")).cast("H"):
        h = ((h ^ unit) * 0x01000193) & MASK
    h = ((h ^ h >> 16) * 0x85EBCA6B) & MASK
    h = ((h ^ h >> 13) * 0xC2B2AE35) & MASK
    return h ^ h >> 16


def draws(seed, stream, count):
    a, b = hash32(stream, seed & MASK), hash32(stream, 0x9E3779B9)
    c, d = hash32(str(seed)), 1
    out = []
    for i in range(12 + count):
        t = (a + b + d) & MASK
        d = (d + 1) & MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & MASK
        c = (((c << 21) | (c >> 11)) + t) & MASK
        if i >= 12:
            out.append(t)
    return out


for text, seed in [("", 0), ("a", 0), ("a", 1), ("Wanderstiefel", 0), ("日本語", 7), ("🥾", 0), ("__proto__", 0)]:
    print(repr(text), seed, hash32(text, seed))
for seed, stream in [(0, ""), (1, ""), (1, "explore:0"), (4294967295, "holdout")]:
    print(seed, repr(stream), draws(seed, stream, 4))
