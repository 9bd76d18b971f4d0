import type { StreamKey } from '@kaibo/contract/show/live'

/**
 * A command that sends a video file as if it were a camera. Key frames every two seconds (`-g 60`
 * at 30 a second) let viewers in quickly; without B-frames the picture is not held back.
 */
export const ffmpegCommand = ({ rtmpUrl, streamKey }: StreamKey): string =>
  [
    'ffmpeg -re -stream_loop -1 -i video.mp4',
    '-c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -r 30 -g 60 -b:v 2500k',
    '-c:a aac -b:a 128k -ar 44100',
    `-f flv "${rtmpUrl}/${streamKey}"`,
  ].join(' ')
