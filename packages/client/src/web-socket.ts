import type { Connect } from './realtime-link.ts'

/** A socket of the platform's own `WebSocket`: browsers, and Node from 22 on. */
export const connectWebSocket: Connect = (url, protocols) => {
  const socket = new WebSocket(url, [...protocols])
  return {
    send: text => socket.send(text),
    close: () => socket.close(),
    onOpen: listener => socket.addEventListener('open', listener),
    onMessage: listener =>
      socket.addEventListener('message', event => listener(String(event.data))),
    onClose: listener => socket.addEventListener('close', listener),
  }
}
