import { createCrashBudget } from '../ffmpeg/crash-budget.ts'
import { type FfmpegPipe, startFfmpeg } from '../ffmpeg/pipe.ts'
import { flvHeader } from '../flv/tag.ts'
import type { Packet } from '../hub/packet.ts'
import { createOggReader } from './ogg.ts'
import { OPUS_RATE, opusSamples } from './opus.ts'

const ARGUMENTS = [
  ...['-fflags', 'nobuffer', '-probesize', '1024', '-analyzeduration', '0', '-f', 'flv'],
  ...['-i', 'pipe:0', '-threads', '1', '-af', 'aresample=48000:async=1', '-ac', '2'],
  ...['-c:a', 'libopus', '-b:a', '96k', '-frame_duration', '20', '-application', 'lowdelay'],
  ...['-page_duration', '20000', '-flush_packets', '1', '-f', 'ogg', 'pipe:1'],
]
/** What ffmpeg's Opus encoder puts before the first sample, in low-delay mode. */
const PRIMING_MS = 2.5

/** AAC packets of a stream in, Opus out with its time on the stream's clock, by one ffmpeg. */
export const createOpusEncoder = (handleOpus: (packet: Buffer, atMs: number) => void) => {
  const crashes = createCrashBudget()
  let pipe: FfmpegPipe | undefined
  let header: Packet | undefined

  const start = (aacHeader: Packet, startMs: number): FfmpegPipe => {
    let samples = 0
    const handlePacket = (packet: Buffer) => {
      handleOpus(packet, startMs - PRIMING_MS + (samples * 1000) / OPUS_RATE)
      samples += opusSamples(packet)
    }
    const started = startFfmpeg(ARGUMENTS, {
      handleBytes: createOggReader(handlePacket),
      handleExit: () => {
        pipe = undefined
        crashes.note(performance.now())
      },
    })
    started.write(Buffer.concat([flvHeader({ audio: true, video: false }), aacHeader.tag]))
    return started
  }

  const stop = (): void => {
    pipe?.stop()
    pipe = undefined
  }

  return {
    push(packet: Packet, aacHeader: Packet): void {
      if (header !== aacHeader) stop()
      header = aacHeader
      if (pipe === undefined) {
        if (!crashes.mayStart(performance.now())) return
        pipe = start(aacHeader, packet.timestampMs)
      }
      pipe.write(packet.tag)
    },
    stop,
  }
}
