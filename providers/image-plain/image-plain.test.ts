import { spawnSync } from 'node:child_process'
import { newId } from '@kaibo/kernel/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createImagePlain } from './index.ts'
import { JpegError, readLuma } from './jpeg.ts'

/** A picture that ffmpeg draws, at the size of a snapshot. */
function draw(source: string, more: readonly string[] = []): Buffer {
  const made = spawnSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', source, ...more],
    ...['-frames:v', '1', '-q:v', '4', '-f', 'mjpeg', 'pipe:1'],
  ])
  expect(String(made.stderr)).toBe('')
  return made.stdout
}

const size = 's=480x854'
const blackPicture = draw(`color=black:${size}`)
const bluePicture = draw(`color=0x2040c0:${size}`)
const testPicture = draw(`testsrc2=${size}`)
const smallPicture = draw('testsrc2=s=90x160')
const noisyPicture = draw(`testsrc2=${size}`, ['-vf', 'noise=alls=20:allf=t'])

/** A drawing of dark and light pixels as a JPEG. */
function jpegOf(width: number, height: number, isDark: (x: number, y: number) => boolean): Buffer {
  const pixels = Buffer.from(
    Array.from({ length: width * height }, (_, at) =>
      isDark(at % width, Math.floor(at / width)) ? 30 : 225,
    ),
  )
  const made = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`],
      ...['-i', 'pipe:0', '-vf', 'format=yuvj420p', '-q:v', '4', '-f', 'mjpeg', 'pipe:1'],
    ],
    { input: pixels },
  )
  expect(String(made.stderr)).toBe('')
  return made.stdout
}

/** Like a code of 25 modules: three corner marks with their quiet edge, and modules by chance. */
function codeAt(left: number, top: number, modulePx: number) {
  const isMark = (x: number, y: number) => {
    const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3))
    return ring > 4 ? null : ring <= 1 || ring === 3
  }
  return (px: number, py: number): boolean => {
    const [x, y] = [Math.floor((px - left) / modulePx), Math.floor((py - top) / modulePx)]
    if (x < 0 || y < 0 || x > 24 || y > 24) return false
    return (
      isMark(x, y) ?? isMark(x - 18, y) ?? isMark(x, y - 18) ?? (x * 7 + y * 13 + x * y) % 3 === 0
    )
  }
}

const reviewer = createImagePlain()
const labelsOf = async (jpeg: Uint8Array, previous: Uint8Array | null = null) => {
  const signal = AbortSignal.timeout(10_000)
  const findings = await reviewer.review({ liveId: newId(), jpeg, previous, signal })
  return findings.map(({ label }) => label)
}

test('the brightness that is read is what ffmpeg reads', () => {
  const truth = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-f', 'mjpeg', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    { input: testPicture },
  ).stdout
  const luma = readLuma(testPicture)
  expect([luma.width, luma.height, luma.at.length]).toEqual([480, 854, truth.length])
  let sum = 0
  for (const [at, value] of luma.at.entries()) sum += Math.abs(value - (truth[at] ?? 0))
  expect(sum / truth.length).toBeLessThan(1)
})

test('a black picture and one of one colour are told, a picture with something in it is not', async () => {
  expect(await labelsOf(blackPicture)).toEqual(['black_picture'])
  expect(await labelsOf(bluePicture)).toEqual(['plain_picture'])
  expect(await labelsOf(testPicture)).toEqual([])
  expect(await labelsOf(noisyPicture)).toEqual([])
})

test('a picture that stands still is told, one that moves or is noisy is not', async () => {
  expect(await labelsOf(testPicture, testPicture)).toEqual(['still_picture'])
  expect(await labelsOf(testPicture, draw(`testsrc2=${size}`, ['-ss', '3']))).toEqual([])
  expect(await labelsOf(noisyPicture, testPicture)).toEqual([])
  expect(await labelsOf(testPicture, draw('testsrc2=s=480x270'))).toEqual([])
})

test.each([3, 4, 6, 9])('a code of %i px per module is found, wherever it is', async modulePx => {
  for (const [left, top] of [
    [10, 12],
    [150, 300],
  ] as const)
    expect(await labelsOf(jpegOf(480, 640, codeAt(left, top, modulePx)))).toContain('code_shown')
})

test('what only looks a little like a code is none', async () => {
  const one = codeAt(100, 100, 6)
  const drawings: ((x: number, y: number) => boolean)[] = [
    (x, y) => (x < 160 && y < 160 ? one(x, y) : false),
    (x, y) => Math.floor(x / 9) % 2 === 0 && Math.floor(y / 9) % 2 === 0,
    (x, y) => Math.floor((x + y) / 12) % 2 === 0,
    (x, y) => Math.hypot(x - 240, y - 320) % 40 < 20,
  ]
  for (const drawing of drawings)
    expect(await labelsOf(jpegOf(480, 640, drawing))).not.toContain('code_shown')
})

test('broken and hostile bytes are refused or read, and never anything else', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .tuple(fc.nat(smallPicture.length - 1), fc.nat(255))
      .map(([at, value]) => Uint8Array.from(smallPicture).with(at, value)),
    fc.nat(smallPicture.length).map(length => smallPicture.subarray(0, length)),
  )
  fc.assert(
    fc.property(bytes, mangled => {
      try {
        expect(readLuma(mangled).at.length).toBeLessThanOrEqual(4_000_000)
      } catch (error) {
        expect(error).toBeInstanceOf(JpegError)
      }
    }),
    { numRuns: 60 },
  )
})

test('a progressive picture is not read, so that people look at it', () => {
  const progressive = Uint8Array.from(testPicture)
  const at = testPicture.indexOf(Buffer.from([0xff, 0xc0]))
  progressive[at + 1] = 0xc2
  expect(() => readLuma(progressive)).toThrow('not a baseline JPEG')
})

test('it never blocks: what it knows is not enough for that', async () => {
  const signal = AbortSignal.timeout(10_000)
  const pictures = [blackPicture, bluePicture, jpegOf(480, 640, codeAt(30, 30, 6))]
  for (const jpeg of pictures)
    for (const { verdict } of await reviewer.review({
      liveId: newId(),
      jpeg,
      previous: jpeg,
      signal,
    }))
      expect(verdict).toBe('review')
})
