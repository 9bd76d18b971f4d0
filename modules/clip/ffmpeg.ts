import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClipFailure } from '@kaibo/contract/media/clip-life'

/** Why a clip could not be cut; `reason` is for the log. */
export class CutError extends Error {
  readonly failure: ClipFailure
  constructor(failure: ClipFailure, reason: string) {
    super(reason)
    this.failure = failure
  }
}

export type Ffmpeg = {
  args: readonly string[]
  /** Names of files are relative to it, so that no path needs escaping. */
  cwd: string
  signal: AbortSignal
  msMax: number
}

const errorTextMax = 2_000

/**
 * Runs ffmpeg with the lowest priority, so that live shows and orders go first. What it writes to its
 * standard output goes to `outPath`, or is thrown away; the pipe also ends it when this process dies.
 * Throws {@link CutError}.
 */
export async function runFfmpeg(
  { args, cwd, signal, msMax }: Ffmpeg,
  out: { path: string; bytesMax: number } | null = null,
): Promise<void> {
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], {
    cwd,
    signal: AbortSignal.any([signal, AbortSignal.timeout(msMax)]),
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  yieldToOthers(child)
  let words = ''
  child.stderr.on('data', (text: Buffer) => {
    words = (words + text).slice(-errorTextMax)
  })
  const target = out ? createWriteStream(out.path) : nowhere()
  const written = pipeline(child.stdout, limit(out?.bytesMax ?? Number.MAX_SAFE_INTEGER), target)
  const tooLarge = await written.then(
    () => false,
    error => error instanceof CutError,
  )
  if (tooLarge) child.kill('SIGKILL')
  const end = await ended
  if (tooLarge) throw new CutError('too_large', `more than ${out?.bytesMax} bytes`)
  if (end === 'missing') throw new CutError('no_ffmpeg', 'ffmpeg cannot be started')
  if (end !== 'ok') throw new CutError('broken', words.trim() || `ffmpeg ended with ${end}`)
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error =>
      resolve('code' in error && error.code === 'ENOENT' ? 'missing' : error.message),
    )
    child.once('close', (code, signal) => resolve(code === 0 ? 'ok' : String(code ?? signal)))
  })
}

function yieldToOthers({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It is over already, or the system has no priorities.
  }
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

function limit(bytesMax: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > bytesMax ? new CutError('too_large', 'too many bytes') : null, chunk)
    },
  })
}
