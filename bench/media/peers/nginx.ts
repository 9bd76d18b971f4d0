import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpacked } from '../../lib/debian.ts'
import { freePort, openedPort } from '../ports.ts'

export type NginxPeer = { readonly ingestUrl: string; readonly playPath: string; stop(): void }

/** nginx with its RTMP module: HLS with one-second MPEG-TS segments. Rejects where it cannot be had. */
export const startNginx = async (peerFolder: string): Promise<NginxPeer> => {
  const home = join(peerFolder, 'nginx')
  const hls = join(peerFolder, 'nginx-hls')
  await mkdir(join(home, 'logs'), { recursive: true })
  await mkdir(hls, { recursive: true })
  const folder = unpacked('nginx', 'libnginx-mod-rtmp')
  const nginx = join(folder, 'usr/sbin/nginx')
  const module = join(folder, 'usr/lib/nginx/modules/ngx_rtmp_module.so')
  const port = await freePort()
  const config = join(home, 'nginx.conf')
  await writeFile(
    config,
    `load_module ${module};
daemon off; master_process off; error_log stderr error; pid ${home}/nginx.pid;
events { worker_connections 64; }
rtmp { access_log off; server { listen 127.0.0.1:${port}; application live {
  live on; hls on; hls_path ${hls}; hls_fragment 1s; hls_playlist_length 6s;
} } }
`,
  )
  const child = spawn(nginx, ['-p', home, '-c', config], { stdio: ['ignore', 'ignore', 'inherit'] })
  await openedPort(port)
  return {
    ingestUrl: `rtmp://127.0.0.1:${port}/live/clock`,
    playPath: '/nginx-hls/clock.m3u8',
    stop: () => child.kill('SIGKILL'),
  }
}
