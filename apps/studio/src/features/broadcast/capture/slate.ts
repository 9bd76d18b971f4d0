/** Viewers who come while the slate shows need a frame soon; hidden pages draw no faster anyway. */
const everyMs = 1_000
const upright = { width: 720, height: 1280 }

export type Slate = { readonly track: MediaStreamTrack; stop: () => void }

/** A still picture that says where the host went, as large as the picture that it stands for. */
export function startSlate(words: string, like: MediaStreamTrack | null): Slate {
  const { width = upright.width, height = upright.height } = like?.getSettings() ?? upright
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const draw = () => drawSlate(canvas, words)
  draw()
  const [track] = canvas.captureStream(1_000 / everyMs).getVideoTracks()
  if (!track) throw new DOMException('a canvas gives no track', 'NotSupportedError')
  const timer = setInterval(draw, everyMs)
  return {
    track,
    stop() {
      clearInterval(timer)
      track.stop()
    },
  }
}

function drawSlate(canvas: HTMLCanvasElement, words: string): void {
  const { width, height } = canvas
  const pen = canvas.getContext('2d')
  if (!pen) return
  const glow = pen.createRadialGradient(width / 2, height * 0.42, 0, width / 2, height / 2, height)
  glow.addColorStop(0, '#3a2233')
  glow.addColorStop(1, '#0f0d16')
  pen.fillStyle = glow
  pen.fillRect(0, 0, width, height)
  const unit = Math.min(width, height)
  drawCup(pen, { x: width / 2, y: height * 0.42, unit })
  pen.fillStyle = '#f7f3f0'
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.font = `600 ${Math.round(unit * 0.055)}px system-ui, sans-serif`
  pen.fillText(words, width / 2, height * 0.42 + unit * 0.26, width * 0.9)
}

/** A cup with steam: somebody will be back before it is cold. */
function drawCup(pen: CanvasRenderingContext2D, at: { x: number; y: number; unit: number }): void {
  const s = at.unit / 100
  const line = (path: string) => pen.stroke(new Path2D(path))
  pen.save()
  pen.translate(at.x, at.y)
  pen.scale(s, s)
  pen.lineWidth = 1.8
  pen.lineCap = 'round'
  pen.strokeStyle = '#ff7a5c'
  line('M-11 0h20v7a8 8 0 0 1-8 8h-4a8 8 0 0 1-8-8z M9 2h3a4 4 0 0 1 0 8h-3')
  pen.strokeStyle = '#b9b2c2'
  line('M-5-5q-3-4 0-8t0-8 M3-5q-3-4 0-8t0-8')
  pen.restore()
}
