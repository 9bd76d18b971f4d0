import { type AccessUnit, nalType, typeOfNal } from './h264-assembler.ts'

const KEY_FRAME = 0x17
const INTER_FRAME = 0x27

/** A picture as FLV payloads (FLV 10.1, annex E.4.3): a header where parameter sets came with it. */
export type AvcPayloads = {
  readonly header: Buffer | undefined
  readonly frame: Buffer | undefined
  readonly isKeyFrame: boolean
}

const BELONGS_TO_HEADER: readonly number[] = [nalType.sps, nalType.pps, nalType.delimiter]

export const toAvcPayloads = ({ nals }: Pick<AccessUnit, 'nals'>): AvcPayloads => {
  const ofType = (wanted: number) => nals.filter(nal => typeOfNal(nal) === wanted)
  const slices = nals.filter(nal => !BELONGS_TO_HEADER.includes(typeOfNal(nal)))
  const isKeyFrame = slices.some(nal => typeOfNal(nal) === nalType.idr)
  return {
    header: writeHeader(ofType(nalType.sps), ofType(nalType.pps)),
    frame: slices.length > 0 ? writeFrame(slices, isKeyFrame) : undefined,
    isKeyFrame,
  }
}

const writeFrame = (nals: readonly Buffer[], isKeyFrame: boolean): Buffer =>
  Buffer.concat([
    Buffer.from([isKeyFrame ? KEY_FRAME : INTER_FRAME, 1, 0, 0, 0]),
    ...nals.flatMap(nal => [sizeOf(nal, 4), nal]),
  ])

/** The AVCDecoderConfigurationRecord (ISO 14496-15 §5.3.3.1); undefined without both sets. */
const writeHeader = (spss: readonly Buffer[], ppss: readonly Buffer[]): Buffer | undefined => {
  const [sps] = spss
  if (sps === undefined || sps.length < 4 || ppss.length === 0) return undefined
  if (spss.length > 31 || ppss.length > 255) return undefined
  const sets = (of: readonly Buffer[]) => of.flatMap(set => [sizeOf(set, 2), set])
  return Buffer.concat([
    Buffer.from([KEY_FRAME, 0, 0, 0, 0]),
    Buffer.from([1, ...sps.subarray(1, 4), 0xff, 0xe0 | spss.length]),
    ...sets(spss),
    Buffer.from([ppss.length]),
    ...sets(ppss),
  ])
}

const sizeOf = (bytes: Buffer, width: 2 | 4): Buffer => {
  const size = Buffer.alloc(width)
  size.writeUIntBE(bytes.length, 0, width)
  return size
}
