import type { Finding, ImageReviewer } from '@kaibo/modules/patrol'
import { type Luma, readLuma } from './jpeg.ts'
import { cornerMarks, differenceOf, hasCode, toneOf } from './marks.ts'

/** What is found, and how long it has to last before it counts. */
const black = { label: 'black_picture', verdict: 'review', lastsSec: 10 } as const
const plain = { label: 'plain_picture', verdict: 'review', lastsSec: 20 } as const
const still = { label: 'still_picture', verdict: 'review', lastsSec: 60 } as const
const code = { label: 'code_shown', verdict: 'review', lastsSec: 3 } as const

/** Measured on pictures that ffmpeg made of noise-free and noisy sources. */
const limits = { blackMeanMax: 24, plainSpreadMax: 6, stillDifferenceMax: 0.75 }

/**
 * Reviews pictures by rules that need no model: black, one colour, standing still, a QR code. It
 * knows nothing of what a picture shows, so it never blocks, and never takes the place of people.
 */
export const createImagePlain = (): ImageReviewer => ({
  name: 'plain',
  async review({ jpeg, previous }) {
    const luma = readLuma(jpeg)
    return [...tones(luma), ...motion(luma, previous), ...codes(luma)]
  },
})

function tones(luma: Luma): Finding[] {
  const { mean, spread } = toneOf(luma)
  if (spread > limits.plainSpreadMax) return []
  return [{ ...(mean < limits.blackMeanMax ? black : plain), score: 1 }]
}

function motion(luma: Luma, previous: Uint8Array | null): Finding[] {
  if (!previous) return []
  const difference = differenceOf(luma, readLuma(previous))
  return difference <= limits.stillDifferenceMax ? [{ ...still, score: 0.7 }] : []
}

const codes = (luma: Luma): Finding[] =>
  hasCode(cornerMarks(luma)) ? [{ ...code, score: 0.8 }] : []
