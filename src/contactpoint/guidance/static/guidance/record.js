/* Recording in the browser, in the admin: what was said becomes the file of the form, to be heard before it is sent. */
for (const form of document.querySelectorAll("form[data-record]")) {
  const button = form.querySelector("[data-begin]");
  const [file, player] = [form.querySelector("input[type=file]"), form.querySelector("audio")];
  const begin = button.textContent;
  let recorder = null;

  function keep(parts) {
    const kind = recorder.mimeType.split(";")[0];
    const sound = new File(parts, kind.includes("mp4") ? "recording.m4a" : "recording.webm", { type: kind });
    const chosen = new DataTransfer();
    chosen.items.add(sound);
    file.files = chosen.files;
    player.src = URL.createObjectURL(sound);
    player.hidden = false;
    recorder = null;
    button.textContent = begin;
  }

  async function record() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      keep(parts);
    });
    recorder.start();
    button.textContent = button.dataset.stop;
  }

  if (window.MediaRecorder && navigator.mediaDevices) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (recorder) {
        recorder.stop();
      } else {
        record().catch((problem) => {
          button.textContent = problem.message;
        });
      }
    });
  }
}
