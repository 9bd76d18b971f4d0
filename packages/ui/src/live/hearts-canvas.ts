type Particle = {
  x: number
  y: number
  driftPx: number
  riseMs: number
  bornAt: number
  sizePx: number
  color: string
  tilt: number
}

export type HeartsCanvas = {
  /** Lets hearts rise from a point of the canvas, in CSS pixels. */
  burst(x: number, y: number, count?: number): void
  destroy(): void
}

const colors = ['#ff5a3c', '#ff8a5c', '#ff4f7b', '#ffb24f', '#ffd0c2'] as const
/** More would cost frames on cheap phones and add nothing to the joy. */
export const heartsMax = 48
const heart = new Path2D('M0 8C-9 2-11-2-11-6a6 6 0 0 1 11-3.5A6 6 0 0 1 11-6C11-2 9 2 0 8z')

/** Hearts that rise and fade on one canvas; it draws only while something moves. */
export function createHeartsCanvas(canvas: HTMLCanvasElement): HeartsCanvas {
  const pen = canvas.getContext('2d')
  let particles: Particle[] = []
  let frame = 0

  const draw = (now: number) => {
    if (!pen) return
    fitToScreen(canvas)
    const scale = canvas.width / Math.max(1, canvas.clientWidth)
    pen.setTransform(scale, 0, 0, scale, 0, 0)
    pen.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight)
    particles = particles.filter(particle => now - particle.bornAt < particle.riseMs)
    for (const particle of particles) drawHeart(pen, particle, now)
    frame = particles.length > 0 ? requestAnimationFrame(draw) : 0
  }

  return {
    burst(x, y, count = 6) {
      const born = Array.from({ length: count }, () => newParticle(x, y))
      particles = [...particles, ...born].slice(-heartsMax)
      if (!frame) frame = requestAnimationFrame(draw)
    },
    destroy() {
      cancelAnimationFrame(frame)
      particles = []
    },
  }
}

function newParticle(x: number, y: number): Particle {
  return {
    x: x + spread(18),
    y: y + spread(14),
    driftPx: spread(46),
    riseMs: 1100 + Math.random() * 900,
    bornAt: performance.now() + Math.random() * 160,
    sizePx: 0.7 + Math.random() * 0.9,
    color: colors[Math.floor(Math.random() * colors.length)] ?? colors[0],
    tilt: spread(0.5),
  }
}

function drawHeart(pen: CanvasRenderingContext2D, particle: Particle, now: number): void {
  const age = (now - particle.bornAt) / particle.riseMs
  if (age < 0) return
  const risePx = 210 * (1 - (1 - age) ** 2)
  const swayPx = Math.sin(age * Math.PI * 2) * 9
  const pop = Math.min(1, age * 7) * particle.sizePx
  pen.save()
  pen.translate(particle.x + particle.driftPx * age + swayPx, particle.y - risePx)
  pen.rotate(particle.tilt)
  pen.scale(pop, pop)
  pen.globalAlpha = age < 0.6 ? 1 : (1 - age) / 0.4
  pen.fillStyle = particle.color
  pen.fill(heart)
  pen.restore()
}

function fitToScreen(canvas: HTMLCanvasElement): void {
  const ratio = Math.min(2, devicePixelRatio)
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
}

const spread = (reach: number): number => (Math.random() * 2 - 1) * reach
