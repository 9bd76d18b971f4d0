/** The looped clip of the demo room: frames from `clip.html`, sound from `music.ts`, ffmpeg joins. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Writable } from 'node:stream'
import type { Page } from 'playwright-core'
import { composeMusic } from './music.ts'

const RATE_FPS = 25
const LOOP_SEC = 24

export type Layers = Readonly<Record<string, Buffer>>

/** Loads the layers (PNG) of the tea room into the page. */
export const openStage = async (page: Page, layers: Layers): Promise<void> => {
  await page.goto(new URL('clip.html', import.meta.url).href)
  const base64 = Object.entries(layers).map(([name, png]) => [name, png.toString('base64')])
  await page.evaluate(`window.load(${JSON.stringify(Object.fromEntries(base64))})`)
}

type Still = {
  readonly seconds: number
  readonly width: number
  readonly height: number
  readonly top: number
  readonly type: 'image/jpeg' | 'image/webp'
  readonly quality: number
}

export const drawStill = async (page: Page, still: Still): Promise<Buffer> =>
  Buffer.from(await page.evaluate<string>(`window.frame(${JSON.stringify(still)})`), 'base64')

/** What an RTMP publisher can send as it is: no B-frames, a key frame every second, AAC stereo. */
const encoderArgs = (music: string, out: string): string[] => [
  ...['-v', 'error', '-y', '-f', 'image2pipe', '-c:v', 'mjpeg', '-r', `${RATE_FPS}`, '-i', '-'],
  ...['-i', music, '-t', `${LOOP_SEC}`],
  ...['-c:v', 'libx264', '-profile:v', 'main', '-preset', 'veryslow', '-pix_fmt', 'yuv420p'],
  ...['-bf', '0', '-g', `${RATE_FPS}`, '-keyint_min', `${RATE_FPS}`, '-sc_threshold', '0'],
  ...['-b:v', '640k', '-maxrate', '800k', '-bufsize', '1200k', '-x264-params', 'nal-hrd=none'],
  ...['-c:a', 'aac', '-ar', '44100', '-ac', '2', '-b:a', '96k'],
  ...['-flvflags', 'no_duration_filesize', '-f', 'flv', out],
]

const feed = async (page: Page, input: Writable): Promise<void> => {
  const still = { width: 540, height: 960, top: 0, type: 'image/jpeg', quality: 0.93 } as const
  for (let frame = 0; frame < LOOP_SEC * RATE_FPS; frame++) {
    const jpeg = await drawStill(page, { ...still, seconds: frame / RATE_FPS })
    if (!input.write(jpeg)) await once(input, 'drain')
  }
  input.end()
}

const ended = async (child: ChildProcess): Promise<void> => {
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`)
}

/** Writes the clip to `out`; the page must hold the stage. */
export const filmClip = async (page: Page, out: string): Promise<void> => {
  const music = `${tmpdir()}/kaibo-demo-music-${process.pid}.wav`
  await writeFile(music, composeMusic())
  const ffmpeg = spawn('ffmpeg', encoderArgs(music, out), { stdio: ['pipe', 'inherit', 'inherit'] })
  await Promise.all([ended(ffmpeg), feed(page, ffmpeg.stdin)])
  await rm(music)
}
