import { Forwarder } from '@kaibo/media/forward/forwarder'
import type { Hub } from '@kaibo/media/hub/hub'
import type { Logger } from 'pino'
import { counter, gauge } from './metrics.ts'
import type { MediaPart } from './part.ts'

export type ForwardNeeds = {
  readonly hub: Pick<Hub, 'find'>
  /** With `{streamId}` in it. */
  readonly forwardUrl: string
  readonly log: Logger
}

/** Hands every stream on to another RTMP server: an SRS, a cloud, another box like this one. */
export const createForwardPart = ({ hub, forwardUrl, log }: ForwardNeeds): MediaPart => {
  const forwarding = new Set<string>()
  let sentBytes = 0
  let lossCount = 0
  return {
    createConsumers(streamId) {
      const forwarder = new Forwarder({
        url: forwardUrl.replaceAll('{streamId}', streamId),
        newestGroup: () => hub.find(streamId)?.flv.newestGroup() ?? [],
        onSent: byteCount => {
          sentBytes += byteCount
        },
        onState(state, reason) {
          if (state === 'forwarding') forwarding.add(streamId)
          else lossCount += 1
          if (state === 'waiting') forwarding.delete(streamId)
          log.info({ streamId, state, reason }, 'forward')
        },
      })
      const end = () => {
        forwarding.delete(streamId)
        forwarder.end()
      }
      return [{ handlePacket: packet => forwarder.handlePacket(packet), end }]
    },
    samples: () => [
      gauge('forwarded_streams', 'Streams that another server takes now.', forwarding.size),
      counter('forwarded_bytes_total', 'Media bytes sent to another server.', sentBytes),
      counter('forward_losses_total', 'Connections to it that failed or ended.', lossCount),
    ],
  }
}
