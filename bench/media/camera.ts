import { type ChildProcess, spawn } from 'node:child_process'
import { burnClock } from './strip.ts'

const PICTURE = { widthPx: 640, heightPx: 360, fps: 30 } as const
const LUMA_BYTES = PICTURE.widthPx * PICTURE.heightPx
const FRAME_BYTES = LUMA_BYTES * 1.5
const BACKGROUNDS = 15

/** Moving noise, so that the encoder has something to do; made once. */
const createBackgrounds = (): Uint8Array[] =>
  Array.from({ length: BACKGROUNDS }, (_, n) => {
    const frame = new Uint8Array(FRAME_BYTES).fill(128)
    for (let at = 0; at < LUMA_BYTES; at++) {
      frame[at] = 96 + ((at + n * 8) % PICTURE.widthPx) / 8 + (Math.random() < 0.02 ? 60 : 0)
    }
    return frame
  })

export type Camera = { stop(): void; readonly exited: Promise<void> }

/**
 * A live source that carries the wall clock in its pictures: raw frames from here through one
 * ffmpeg (x264, key frame every second) to all outputs of a tee, so that every peer gets the same.
 */
export const startCamera = (outputs: readonly string[]): Camera => {
  const { widthPx, heightPx, fps } = PICTURE
  const encoder = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-fflags', 'nobuffer', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
      ...['-s', `${widthPx}x${heightPx}`, '-r', String(fps), '-i', 'pipe:0'],
      ...['-f', 'lavfi', '-i', 'sine=440:r=44100', '-map', '0:v', '-map', '1:a'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', String(fps)],
      ...['-b:v', '1000k', '-c:a', 'aac', '-b:a', '64k', '-flags', '+global_header'],
      ...['-f', 'tee', outputs.join('|')],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const stopFeeding = feed(encoder)
  const { promise: exited, resolve } = Promise.withResolvers<void>()
  encoder.on('close', () => resolve())
  return {
    exited,
    stop() {
      stopFeeding()
      encoder.kill('SIGKILL')
    },
  }
}

/** Writes one frame per period, stamped with the moment at which it is written. */
const feed = (encoder: ChildProcess): (() => void) => {
  const backgrounds = createBackgrounds()
  const startedAtMs = performance.now()
  let sentCount = 0
  encoder.stdin?.on('error', () => {})
  const timer = setInterval(() => {
    const dueCount = ((performance.now() - startedAtMs) * PICTURE.fps) / 1000
    for (; sentCount < dueCount; sentCount++) {
      const frame = Buffer.from(backgrounds[sentCount % BACKGROUNDS] ?? [])
      burnClock(frame, { widthPx: PICTURE.widthPx, timeMs: Date.now() })
      encoder.stdin?.write(frame)
    }
  }, 5)
  return () => clearInterval(timer)
}
