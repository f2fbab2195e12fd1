-- Whether it is read from what somebody writes how they sound. It is kept with the turn's recall and nowhere else.
ALTER TABLE users ADD COLUMN reads_tone boolean NOT NULL DEFAULT true;
