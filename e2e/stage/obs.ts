import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const answers = (command: string, ...args: string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** What OBS says it is, such as `OBS Studio - 29.0.2`; undefined where it or a display is missing. */
export const obsVersion = answers('xvfb-run', '--help') && answers('obs', '--version')

const name = 'kaibo'
const size = { width: 640, height: 360 }
const framesPerSec = 10

export type RunningObs = {
  /** What OBS wrote into its log, for a test that failed. */
  log(): Promise<string>
  stop(): Promise<void>
}

/**
 * OBS as a host sets it up by our own steps, on a display that nobody sees: a custom server, H.264,
 * a key frame every second. It shows a green film with a tone, and streams from its start.
 */
export async function startObs(to: { server: string; key: string }): Promise<RunningObs> {
  const home = await mkdtemp(join(tmpdir(), 'kaibo-obs-'))
  const settings = join(home, 'obs-studio')
  await writeSettings(settings, { ...to, film: makeFilm(home) })
  const child: ChildProcess = spawn(
    'xvfb-run',
    [
      ...['-a', '-s', '-screen 0 1280x720x24', 'obs', '--multi', '--startstreaming'],
      ...['--profile', name, '--collection', name],
    ],
    {
      // With its display it is a group of processes, and ends as one.
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, LIBGL_ALWAYS_SOFTWARE: '1' },
    },
  )
  const ended = new Promise(resolve => child.once('exit', resolve))
  return {
    async log() {
      const [newest = ''] = (await readdir(join(settings, 'logs')).catch(() => [])).toReversed()
      return readFile(join(settings, 'logs', newest), 'utf8').catch(() => 'no log')
    },
    async stop() {
      if (child.pid) process.kill(-child.pid, 'SIGTERM')
      await ended
      await rm(home, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

function makeFilm(folder: string): string {
  const film = join(folder, 'film.mp4')
  const { width, height } = size
  const picture = `color=0x20c040:size=${width}x${height}:rate=${framesPerSec},noise=alls=20:allf=t`
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=440'],
    ...['-t', '10', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', film],
  ])
  return film
}

type Wanted = { server: string; key: string; film: string }

/** A profile and a scene collection, as OBS keeps them in its configuration folder. */
async function writeSettings(folder: string, { server, key, film }: Wanted): Promise<void> {
  const profile = join(folder, 'basic/profiles', name)
  const scenes = join(folder, 'basic/scenes')
  for (const each of [profile, scenes]) await mkdir(each, { recursive: true })
  const { width, height } = size
  await writeFile(
    join(folder, 'global.ini'),
    ini({
      General: { FirstRun: true, EnableAutoUpdates: false },
      Basic: {
        ...{ Profile: name, ProfileDir: name },
        ...{ SceneCollection: name, SceneCollectionFile: name },
      },
    }),
  )
  await writeFile(
    join(profile, 'basic.ini'),
    ini({
      General: { Name: name },
      Video: {
        ...{ BaseCX: width, BaseCY: height, OutputCX: width, OutputCY: height },
        ...{ FPSType: 0, FPSCommon: framesPerSec },
      },
      Output: { Mode: 'Advanced', Reconnect: true, RetryDelay: 2 },
      AdvOut: { Encoder: 'obs_x264', ApplyServiceSettings: false, TrackIndex: 1 },
      Audio: { SampleRate: 44_100 },
    }),
  )
  const x264 = { preset: 'ultrafast', tune: 'zerolatency', keyint_sec: 1 }
  await writeJson(join(profile, 'streamEncoder.json'), {
    rate_control: 'CBR',
    bitrate: 600,
    ...x264,
  })
  await writeJson(join(profile, 'service.json'), {
    type: 'rtmp_custom',
    settings: { server, key, use_auth: false },
  })
  const item = { id: 1, name: 'film', visible: true, align: 5, pos: { x: 0, y: 0 } }
  await writeJson(join(scenes, `${name}.json`), {
    ...{ name, current_scene: 'stage', current_program_scene: 'stage' },
    scene_order: [{ name: 'stage' }],
    sources: [
      {
        ...{ id: 'scene', name: 'stage' },
        settings: { id_counter: 1, items: [{ ...item, scale: { x: 1, y: 1 } }] },
      },
      {
        ...{ id: 'ffmpeg_source', name: 'film', mixers: 255, volume: 1 },
        settings: { is_local_file: true, local_file: film, looping: true },
      },
    ],
  })
}

const writeJson = (file: string, value: object) => writeFile(file, JSON.stringify(value))

const ini = (sections: Record<string, Record<string, string | number | boolean>>): string =>
  Object.entries(sections)
    .flatMap(([section, values]) => [
      `[${section}]`,
      ...Object.entries(values).map(([key, value]) => `${key}=${value}`),
    ])
    .join('\n')
