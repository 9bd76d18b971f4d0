import { errors } from '@kaibo/kernel/fail'
import { type Static, Type } from 'typebox'
import { ById, Id, named } from '../core/common.ts'
import { endpoint } from '../core/endpoint.ts'

export const StoredFile = named('StoredFile', {
  id: Id,
  url: Type.String(),
  contentType: Type.String(),
  bytes: Type.Integer(),
  widthPx: Type.Integer(),
  heightPx: Type.Integer(),
})
export type StoredFile = Static<typeof StoredFile>

/** Largest picture accepted, in bytes. */
export const pictureBytesMax = 5 * 1024 * 1024

/** Largest video accepted, in bytes: a minute of a product, not a film. */
export const videoBytesMax = 32 * 1024 * 1024

export const StoredVideo = named('StoredVideo', {
  id: Id,
  url: Type.String(),
  contentType: Type.String(),
  bytes: Type.Integer(),
})
export type StoredVideo = Static<typeof StoredVideo>

export const filesErrors = errors({
  'file.not_found': [404, 'This file does not exist.', '文件不存在'],
  'file.not_a_picture': [
    415,
    'Only JPEG, PNG and WebP pictures are accepted.',
    '仅支持 JPEG、PNG、WebP 图片',
  ],
  'file.not_a_video': [415, 'Only MP4 and WebM videos are accepted.', '仅支持 MP4、WebM 视频'],
  'file.too_many_pixels': [413, 'This picture has too many pixels.', '图片尺寸过大'],
})

export const filesApi = {
  upload: endpoint({
    method: 'POST',
    path: '/files',
    summary: 'Upload a picture (raw body, at most 5 MiB); its kind is judged by its bytes',
    can: 'file.upload',
    scope: 'self',
    rate: 'upload',
    idempotency: 'natural',
    audit: 'none',
    body: 'bytes',
    reply: StoredFile,
    errors: ['file.not_a_picture', 'file.too_many_pixels'],
  }),
  uploadVideo: endpoint({
    method: 'POST',
    path: '/videos',
    summary: 'Upload a video (raw body, at most 32 MiB); its kind is judged by its bytes',
    can: 'file.upload',
    scope: 'self',
    rate: 'upload',
    idempotency: 'natural',
    audit: 'none',
    body: 'bytes',
    bodyBytesMax: videoBytesMax,
    reply: StoredVideo,
    errors: ['file.not_a_video'],
  }),
  read: endpoint({
    method: 'GET',
    path: '/files/:id',
    summary: 'The file itself; immutable, so cached for ever',
    can: 'public',
    scope: 'public',
    rate: 'read',
    idempotency: 'safe',
    audit: 'none',
    params: ById,
    reply: 'bytes',
    errors: ['file.not_found'],
  }),
}
