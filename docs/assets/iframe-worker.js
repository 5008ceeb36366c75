/* Pages opened from a folder (file:) may not start workers. There, run the script of the search's worker in a hidden
   frame of the page, with the parts of a worker's world that it uses. (The name tells mkdocs not to fetch another one.) */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const base = new URL(url, document.baseURI);
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.documentElement.append(frame);
      const world = frame.contentWindow;
      const load = (source) =>
        new Promise((resolve, reject) => {
          const script = world.document.createElement("script");
          script.onload = resolve;
          script.onerror = () => reject(new Error(`${source} cannot be loaded`));
          script.src = new URL(source, base);
          world.document.documentElement.append(script);
        });
      world.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      world.importScripts = (...sources) => sources.reduce((before, source) => before.then(() => load(source)), Promise.resolve());
      this.world = world;
      this.ready = load(base.href);
    }
    postMessage(data) {
      this.ready.then(() => this.world.dispatchEvent(new MessageEvent("message", { data })));
    }
    terminate() {
      this.world.frameElement.remove();
    }
  };
}
