import { spawn } from 'node:child_process'

export type FfmpegPipe = {
  /** False when the child does not keep up and the bytes were not taken. */
  write(bytes: Buffer): boolean
  /** Bytes that wait for the child. */
  readonly queuedBytes: number
  readonly pid: number | undefined
  /** No more input; what is in the pipe still comes out. */
  finish(): void
  /** Ends the child now; no handler is called any more. */
  stop(): void
}

export type FfmpegHandlers = {
  /** May throw on output that makes no sense: the child is ended then. */
  handleBytes(bytes: Buffer): void
  /** The child is gone and was not told to stop. */
  handleExit(): void
  handleDrain?(): void
}

const QUEUE_BYTES_MAX = 8 * 1024 * 1024

/** Runs `ffmpeg -v error …args` with bytes in and bytes out. */
export const startFfmpeg = (args: readonly string[], handlers: FfmpegHandlers): FfmpegPipe => {
  const child = spawn('ffmpeg', ['-v', 'error', ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
  let isOver = false

  const stop = (): void => {
    isOver = true
    child.kill('SIGKILL')
  }
  const leave = (): void => {
    if (isOver) return
    stop()
    handlers.handleExit()
  }

  child.stdout.on('data', (bytes: Buffer) => {
    if (isOver) return
    try {
      handlers.handleBytes(bytes)
    } catch {
      leave()
    }
  })
  child.stdin.on('error', () => {}).on('drain', () => handlers.handleDrain?.())
  child.on('error', leave).on('close', leave)
  return {
    write(bytes) {
      if (isOver || child.stdin.writableLength + bytes.length > QUEUE_BYTES_MAX) return false
      child.stdin.write(bytes)
      return true
    },
    get queuedBytes() {
      return child.stdin.writableLength
    },
    pid: child.pid,
    finish: () => child.stdin.end(),
    stop,
  }
}
