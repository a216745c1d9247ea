"""usage: make_hour.py RECORDING.lm.gz OUT.i16

Repeats a recording with fresh noise of +-4/32 pixel (fixed seed) until it is one hour at 30 frames/s:
raw little-endian int16 [frame][landmark][x y z] in 1/32 pixel, 478 landmarks."""
import gzip, json, struct, sys
import numpy as np

raw = gzip.open(sys.argv[1]).read()
magic, header_length = struct.unpack('<4sI', raw[:8])
assert magic == b'FLM1'
header = json.loads(raw[8:8 + header_length])
body = np.frombuffer(raw[8 + header_length:], np.uint8)
half = len(body) // 2
differences = np.stack([body[:half], body[half:]], 1).copy().view('<i2').reshape(header['landmarks'] * 3, header['frames'])
frames = np.cumsum(differences.astype(np.int32), axis=1).astype(np.int16).T.reshape(header['frames'], header['landmarks'], 3)
chance = np.random.default_rng(0)
left = 108_000
with open(sys.argv[2], 'wb') as out:
    while left:
        block = (frames + chance.integers(-4, 5, frames.shape, dtype=np.int16))[:left]
        out.write(block.tobytes())
        left -= len(block)
