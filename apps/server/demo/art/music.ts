/** The clip's music: plucked pentatonic strings over a slow pad, written as a seamless circle. */

const RATE_HZ = 44_100
const BEAT_SEC = 0.75

/** Deterministic noise, so that every drawing sounds the same. */
const createNoise = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return seed / 2_147_483_648 - 1
}

const hertz = (note: number): number => 440 * 2 ** ((note - 69) / 12)

type Tape = { readonly left: Float64Array; readonly right: Float64Array }

/** Writes past the end land at the beginning: tails cross the loop point unheard. */
const add = (track: Float64Array, at: number, value: number): void => {
  const index = at % track.length
  track[index] = (track[index] ?? 0) + value
}

/** A plucked string: a burst of noise that circles in a delay line and dulls (Karplus-Strong). */
const pluck = (tape: Tape, note: { atSec: number; note: number; gain: number; pan: number }) => {
  const noise = createNoise(note.note * 977 + Math.round(note.atSec * 100))
  const period = RATE_HZ / hertz(note.note)
  const line = Float64Array.from({ length: Math.floor(period) }, noise)
  let smooth = 0
  for (let i = 0; i < line.length; i++) {
    smooth = 0.6 * smooth + 0.4 * (line[i] ?? 0)
    line[i] = smooth
  }
  const start = Math.round(note.atSec * RATE_HZ)
  for (let i = 0; i < RATE_HZ * 4; i++) {
    const here = i % line.length
    const value = line[here] ?? 0
    line[here] = 0.4985 * (value + (line[(here + 1) % line.length] ?? 0))
    add(tape.left, start + i, value * note.gain * (1 - note.pan))
    add(tape.right, start + i, value * note.gain * note.pan)
  }
}

/** Soft sines that swell and fade over one chord. */
const swell = (
  tape: Tape,
  chord: { atSec: number; lengthSec: number; notes: readonly number[] },
) => {
  const count = Math.round(chord.lengthSec * RATE_HZ)
  const start = Math.round(chord.atSec * RATE_HZ)
  for (const [voice, note] of chord.notes.entries()) {
    for (const [side, track] of [tape.left, tape.right].entries()) {
      const step = (2 * Math.PI * hertz(note) * (1 + (side - 0.5) * 0.0016)) / RATE_HZ
      for (let i = 0; i < count; i++) {
        const shape = Math.sin((Math.PI * i) / count) ** 1.5
        add(track, start + i, (0.05 / (1 + voice * 0.4)) * shape * Math.sin(step * i + voice))
      }
    }
  }
}

/** Echoes of the whole tape around the circle, softer and duller each time: a room. */
const reverberate = (tape: Tape): Tape => {
  const delaysSec = [0.031, 0.047, 0.083, 0.131, 0.197, 0.283, 0.41, 0.59]
  const wet = (dry: Float64Array, skew: number) => {
    const out = Float64Array.from(dry)
    for (const [i, delay] of delaysSec.entries()) {
      const shift = Math.round((delay + skew) * RATE_HZ)
      for (let at = 0; at < dry.length; at++)
        add(out, at + shift, (dry[at] ?? 0) * 0.34 * 0.82 ** i)
    }
    return out
  }
  return { left: wet(tape.left, 0), right: wet(tape.right, 0.007) }
}

// Two beats to a cell; 0 is a rest. D major pentatonic, from a low D to a high one.
const MELODY = [
  74, 0, 71, 69, 66, 0, 69, 71, 74, 76, 0, 78, 76, 0, 74, 0, 71, 0, 69, 66, 64, 0, 66, 69, 71, 0,
  69, 66, 64, 0, 62, 0,
]
const CHORDS = [
  [38, 57, 62, 66],
  [35, 54, 59, 62],
  [43, 55, 62, 71],
  [45, 57, 64, 69],
]

const wave = (tape: Tape, count: number): Buffer => {
  const wav = Buffer.alloc(44 + count * 4)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + count * 4, 4)
  wav.write('WAVEfmt ', 8)
  for (const [offset, value] of [
    [16, 16],
    [24, RATE_HZ],
    [28, RATE_HZ * 4],
    [40, count * 4],
  ] as const) {
    wav.writeUInt32LE(value, offset)
  }
  for (const [offset, value] of [
    [20, 1],
    [22, 2],
    [32, 4],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, offset)
  wav.write('data', 36)
  const peak = tape.left.reduce(
    (most, v, i) => Math.max(most, Math.abs(v), Math.abs(tape.right[i] ?? 0)),
    0,
  )
  for (let i = 0; i < count; i++) {
    wav.writeInt16LE(Math.round(((tape.left[i] ?? 0) / peak) * 15_000), 44 + i * 4)
    wav.writeInt16LE(Math.round(((tape.right[i] ?? 0) / peak) * 15_000), 46 + i * 4)
  }
  return wav
}

/** 24 seconds (32 beats) of stereo 16-bit WAV whose end flows into its beginning. */
export const composeMusic = (): Buffer => {
  const count = MELODY.length * BEAT_SEC * RATE_HZ
  const tape: Tape = { left: new Float64Array(count), right: new Float64Array(count) }
  for (const [beat, note] of MELODY.entries()) {
    const atSec = beat * BEAT_SEC
    if (note)
      pluck(tape, { atSec, note, gain: beat % 4 ? 0.16 : 0.22, pan: 0.42 + (beat % 3) * 0.08 })
    if (beat % 2 === 0) {
      const chord = CHORDS[Math.floor(beat / 8)] ?? []
      pluck(tape, { atSec, note: chord[beat % 4] ?? 50, gain: 0.1, pan: 0.65 })
    }
  }
  for (const [bar, notes] of CHORDS.entries())
    swell(tape, { atSec: bar * 6 - 0.7 + 24, lengthSec: 8, notes })
  return wave(reverberate(tape), count)
}
