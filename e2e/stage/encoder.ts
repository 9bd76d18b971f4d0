import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

export const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0

/** Noise, from 0 to 100, keeps a picture from being cheaper than its bitrate. */
type Picture = { size: string; kbps: number; noise: number }

/** How soon somebody has ended who was not let in, and how often they try again, as OBS does. */
const refusedMs = 3_000
const triesMax = 5

const plain: Picture = { size: '360x640', kbps: 500, noise: 0 }

/**
 * What a host runs at home: ffmpeg with a moving test picture and a tone. A gate that was too busy to
 * answer in time refuses it: then it tries again.
 */
export function startEncoder(address: string, picture = plain): { stop(): Promise<void> } {
  let child = run(address, picture)
  let isStopped = false
  const push = async () => {
    for (let tries = 1; tries < triesMax; tries++) {
      const beganMs = performance.now()
      await once(child, 'exit')
      if (isStopped || performance.now() - beganMs > refusedMs) return
      child = run(address, picture)
    }
  }
  const pushed = push()
  return {
    async stop() {
      isStopped = true
      child.kill('SIGKILL')
      await pushed
    },
  }
}

function run(address: string, { size, kbps, noise }: Picture): ChildProcess {
  return spawn(
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
}
