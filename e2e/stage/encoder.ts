import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0

/** What a host runs at home: ffmpeg with a moving test picture and a tone. */
export function startEncoder(address: string): { stop(): Promise<void>; ended: Promise<number> } {
  const size = '360x640'
  const child: ChildProcess = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`],
      ...['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=44100'],
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-tune',
        'zerolatency',
        '-profile:v',
        'baseline',
      ],
      ...[
        '-pix_fmt',
        'yuv420p',
        '-b:v',
        '500k',
        '-g',
        '25',
        '-c:a',
        'aac',
        '-b:a',
        '64k',
        '-f',
        'flv',
        address,
      ],
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1)))
  return {
    ended,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
