package dev.earshot.fetcher.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Twilio's error code out of the first bytes of a body, XML (the default of the 2010 API) or JSON. The prefix may be
 * cut anywhere, so both are read as streams up to the code.
 *
 * @see <a href="https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions">Twilio: exceptions</a>
 */
final class ErrorBody {
    /** A RestException is far shorter; whatever is longer has its code at the front. */
    static final int PREFIX_BYTES = 8 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {}

    /** The code, if there is one. */
    static OptionalInt twilioCode(byte[] prefix) {
        int first = firstInk(prefix);
        return switch (first) {
            case '<' -> fromXml(prefix);
            case '{' -> fromJson(prefix);
            default -> OptionalInt.empty();
        };
    }

    private static int firstInk(byte[] prefix) {
        for (byte b : prefix) {
            // Also skips a UTF-8 byte order mark, whose bytes are negative.
            if (b > ' ') {
                return b;
            }
        }
        return -1;
    }

    private static OptionalInt fromXml(byte[] prefix) {
        try {
            XMLStreamReader xml = safeFactory().createXMLStreamReader(new ByteArrayInputStream(prefix));
            boolean inException = false;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                inException |= xml.getLocalName().equals("RestException");
                if (inException && xml.getLocalName().equals("Code")) {
                    return number(xml.getElementText());
                }
            }
        } catch (XMLStreamException | RuntimeException e) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    /** No DTD, so neither external nor exploding entities. */
    private static XMLInputFactory safeFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static OptionalInt fromJson(byte[] prefix) {
        try (JsonParser json = JSON.createParser(prefix)) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (depth == 1
                        && token == JsonToken.FIELD_NAME
                        && json.currentName().equals("code")) {
                    json.nextToken();
                    return number(json.getText());
                }
            }
        } catch (IOException e) {
            return OptionalInt.empty();
        }
        return OptionalInt.empty();
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
