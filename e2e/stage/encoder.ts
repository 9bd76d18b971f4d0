import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0

/** Noise, from 0 to 100, keeps a picture from being cheaper than its bitrate. */
type Picture = { size: string; kbps: number; noise: number }

/** What a host runs at home: ffmpeg with a moving test picture and a tone. */
export function startEncoder(
  address: string,
  { size, kbps, noise }: Picture = { size: '360x640', kbps: 500, noise: 0 },
): { stop(): Promise<void>; ended: Promise<number> } {
  const child: ChildProcess = spawn(
    'ffmpeg',
    [
      ...[
        '-v',
        'error',
        '-re',
        '-f',
        'lavfi',
        '-i',
        `testsrc2=size=${size}:rate=25,noise=alls=${noise}:allf=t`,
      ],
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
        `${kbps}k`,
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
