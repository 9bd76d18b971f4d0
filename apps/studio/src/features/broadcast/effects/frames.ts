/** Parts of the breakout box API that browsers on Chromium have and the types do not know yet. */
type TrackReader = { readonly readable: ReadableStream<VideoFrame> }
type TrackWriter = MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> }
declare global {
  var MediaStreamTrackProcessor:
    | (new (init: {
        track: MediaStreamTrack
        maxBufferSize?: number
      }) => TrackReader)
    | undefined
  var MediaStreamTrackGenerator: (new (init: { kind: 'video' }) => TrackWriter) | undefined
}

export type Frame = {
  readonly image: TexImageSource
  readonly widthPx: number
  readonly heightPx: number
  /** Microseconds on the clock of the track. */
  readonly atUs: number
}

const usPerMs = 1_000
const { MediaStreamTrackProcessor: TrackProcessor, MediaStreamTrackGenerator: TrackGenerator } =
  globalThis

/**
 * Hands over the newest frame, as fast as the last one was dealt with: a slow device loses frames,
 * never time. Goes on in a hidden page where the browser can. Returns how to stop.
 */
export const readFrames = (track: MediaStreamTrack, onFrame: (frame: Frame) => void) =>
  TrackProcessor
    ? readFromTrack(new TrackProcessor({ track, maxBufferSize: 1 }), onFrame)
    : readFromVideo(track, onFrame)

function readFromTrack({ readable }: TrackReader, onFrame: (frame: Frame) => void): () => void {
  const reader = readable.getReader()
  const readAll = async () => {
    for (;;) {
      const { done, value: image } = await reader.read()
      if (done) return
      const { displayWidth: widthPx, displayHeight: heightPx, timestamp: atUs } = image
      onFrame({ image, widthPx, heightPx, atUs })
      image.close()
    }
  }
  // The end of the track ends the loop; its loss is told by the track itself.
  readAll().catch(() => {})
  return () => void reader.cancel().catch(() => {})
}

function readFromVideo(track: MediaStreamTrack, onFrame: (frame: Frame) => void): () => void {
  const image = document.createElement('video')
  image.muted = true
  image.playsInline = true
  image.srcObject = new MediaStream([track])
  void image.play().catch(() => {})
  let handle = 0
  const next = (nowMs: number) => {
    const { videoWidth: widthPx, videoHeight: heightPx } = image
    if (widthPx > 0) onFrame({ image, widthPx, heightPx, atUs: nowMs * usPerMs })
    handle = image.requestVideoFrameCallback(next)
  }
  handle = image.requestVideoFrameCallback(next)
  return () => {
    image.cancelVideoFrameCallback(handle)
    image.srcObject = null
  }
}

export type Sink = {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas
  readonly track: MediaStreamTrack
  /** Sends what the canvas shows now; in the task in which it was drawn. */
  readonly send: (atUs: number) => void
  readonly stop: () => void
}

const framesPerSecMax = 30

/** A canvas whose pictures become a track. */
export function createSink(): Sink {
  if (TrackGenerator) return generatorSink(new TrackGenerator({ kind: 'video' }))
  const canvas = document.createElement('canvas')
  const [track] = canvas.captureStream(framesPerSecMax).getVideoTracks()
  if (!track) throw new DOMException('a canvas gives no track', 'NotSupportedError')
  return { canvas, track, send: () => {}, stop: () => track.stop() }
}

function generatorSink(track: TrackWriter): Sink {
  const canvas = new OffscreenCanvas(1, 1)
  const writer = track.writable.getWriter()
  return {
    canvas,
    track,
    send(timestamp) {
      // A consumer that is behind loses this frame.
      if ((writer.desiredSize ?? 0) <= 0) return
      const frame = new VideoFrame(canvas, { timestamp })
      writer.write(frame).catch(() => frame.close())
    },
    stop() {
      void writer.close().catch(() => {})
      track.stop()
    },
  }
}
