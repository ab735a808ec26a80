// A worker that never answers.
self.name = 'silent';
