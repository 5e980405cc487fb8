import { Problem, problem } from '../api/client';
import type { ImportReport } from '../api/types';

/** A capture file on its way to the server. */
export interface Upload {
  report: Promise<ImportReport>;
  stop: () => void;
}

/** Streams a file to the server; `sent` hears how many of its bytes have left. `fetch` cannot tell that. */
export function upload(file: File, sent: (bytes: number) => void): Upload {
  const request = new XMLHttpRequest();
  const report = new Promise<ImportReport>((resolve, reject) => {
    request.upload.onprogress = (event) => sent(event.loaded);
    request.upload.onload = () => sent(file.size);
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as ImportReport);
      else reject(problem(request.status, request.responseText));
    };
    request.onerror = () =>
      reject(new Problem(0, 'The server did not answer', 'It may be stopped, or it refused the file.'));
    request.onabort = () => reject(new Problem(0, 'Stopped', 'What was read until then is stored.'));
    request.open('POST', '/api/captures');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.send(file);
  });
  return { report, stop: () => request.abort() };
}
