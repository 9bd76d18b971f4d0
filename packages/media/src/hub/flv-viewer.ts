/** Bytes that may wait for one viewer. */
const QUEUE_BYTES_MAX = 2 * 1024 * 1024
/** A viewer who was too slow goes on when no more than this waits. */
const QUEUE_BYTES_RESUME = QUEUE_BYTES_MAX / 2
/** A viewer that cannot drain its queue for this long is cut. */
const STUCK_MAX_MS = 8_000

/** Where a viewer's bytes go: an HTTP response, or anything with a measurable queue. */
export type FlvOutput = {
  write(bytes: Buffer): unknown
  end(): unknown
  destroy(): unknown
  readonly writableLength: number
}

export type SendResult = 'sent' | 'dropped' | 'cut'

/** One viewer of a stream over FLV, who never costs more memory than its queue allows. */
export class FlvViewer {
  isStarted = false
  #output: FlvOutput
  #droppingSinceMs: number | undefined

  constructor(output: FlvOutput) {
    this.#output = output
  }

  /**
   * Sends a batch of whole tags. A full queue drops batches until it has drained and a batch
   * begins with a key frame, so the viewer skips ahead instead of showing broken pictures.
   */
  send(bytes: Buffer, batch: { isKeyFrame: boolean; nowMs: number }): SendResult {
    const queuedBytes = this.#output.writableLength
    if (queuedBytes > QUEUE_BYTES_MAX) this.#droppingSinceMs ??= batch.nowMs
    if (this.#droppingSinceMs !== undefined) {
      const isDrained = queuedBytes < QUEUE_BYTES_RESUME
      if (!isDrained || !batch.isKeyFrame) {
        const isStuck = !isDrained && batch.nowMs - this.#droppingSinceMs >= STUCK_MAX_MS
        return isStuck ? this.#cut() : 'dropped'
      }
      this.#droppingSinceMs = undefined
    }
    this.#output.write(bytes)
    return 'sent'
  }

  end(): void {
    this.#output.end()
  }

  #cut(): SendResult {
    this.#output.destroy()
    return 'cut'
  }
}
