import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/studio/',
  plugins: [react()],
  build: { target: 'es2022', manifest: true, reportCompressedSize: false },
})
