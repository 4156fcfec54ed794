/* schemas.c: see schemas.h. Kept beside the routes' names ("#SealRequest"). */
#include "server/api/schemas.h"

#include "schema/attr.h"

#define ID "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{32}$\"}"
#define SHA "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}"
#define SHA_OR_NULL "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9a-f]{64}$\"}"
#define ID_OR_NULL "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9a-f]{32}$\"}"
#define TIME "{\"type\":\"string\",\"format\":\"date-time\"}"
#define TEXT "{\"type\":\"string\"}"
#define BOOL "{\"type\":\"boolean\"}"
#define COUNT(max) "{\"type\":\"integer\",\"minimum\":1,\"maximum\":" #max "}"
#define PASS "{\"type\":\"string\",\"minLength\":8,\"maxLength\":256,\"writeOnly\":true}"
#define CERTS "{\"type\":\"array\",\"minItems\":1,\"maxItems\":8,\"items\":{\"type\":\"string\",\"contentEncoding\":\"base64\"},\"description\":\"DER, leaf first\"}"
#define ROLES "{\"type\":\"array\",\"items\":" ROLE "}"
#define ROLE "{\"enum\":[\"tester\",\"reviewer\",\"approver\",\"operator\",\"certifier\",\"officer\",\"producer\",\"status\"]}"
#define DUTY "{\"enum\":[\"tester\",\"reviewer\",\"approver\",\"operator\",\"certifier\",\"officer\",\"producer\"]}"
#define LOGIN "{\"enum\":[\"processor\",\"inspector\",\"certifier\",\"regulator\",\"administrator\"]}"
#define OBJECT(required, properties) "{\"type\":\"object\",\"required\":[" required "],\"properties\":{" properties "}}"
#define CLOSED(required, properties) "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[" required "],\"properties\":{" properties "}}"

const struct api_schema api_schemas[] = {
    {"Problem", OBJECT("\"type\",\"title\",\"status\",\"slug\",\"zh\",\"en\"",
                    "\"type\":" TEXT ",\"title\":" TEXT ",\"status\":{\"type\":\"integer\"},\"slug\":" TEXT ",\"zh\":" TEXT ",\"en\":" TEXT
                    ",\"detail\":" TEXT ",\"field\":" TEXT
                    ",\"offset\":{\"type\":\"integer\"},\"length\":{\"type\":\"integer\"},\"position\":{\"type\":\"integer\"}")},
    {"Seals", OBJECT("\"record\",\"version\",\"state\",\"typ\",\"statement\",\"needs\",\"all\",\"seals\"",
                  "\"record\":" ID ",\"version\":{\"type\":\"integer\"},\"state\":" TEXT ",\"typ\":" TEXT ",\"statement\":" TEXT
                  ",\"needs\":" ROLES ",\"all\":" BOOL ",\"seals\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")},
    {"SealRequest", CLOSED("\"record\",\"role\"", "\"record\":" ID ",\"version\":" COUNT(1000000) ",\"role\":" DUTY ",\"passphrase\":" PASS
                        ",\"protected\":{\"type\":\"string\",\"maxLength\":2048,\"description\":\"canonical JSON, or base64url of it\"},\"signature\":{\"type\":\"string\",\"maxLength\":128}"
                        ",\"certs\":" CERTS)},
    {"Seal", OBJECT("\"record\",\"version\",\"complete\",\"needs\",\"leaf\",\"leaf_index\"",
                 "\"record\":" ID ",\"version\":{\"type\":\"integer\"},\"complete\":" BOOL ",\"needs\":" ROLES ",\"leaf\":" SHA_OR_NULL
                 ",\"leaf_index\":{\"type\":[\"integer\",\"null\"]}")},
    {"LabelsRequest", CLOSED("", "\"allocation\":" ID ",\"release\":" ID ",\"first\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":1073741823}"
                          ",\"count\":" COUNT(1073741824))},
    {"UserRequest", CLOSED("\"name\",\"role\"", "\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64},\"role\":" LOGIN ",\"party\":" ID
                        ",\"duties\":{\"type\":\"array\",\"items\":" DUTY "}")},
    {"UserChange", CLOSED("", "\"disabled\":" BOOL ",\"duties\":{\"type\":\"array\",\"items\":" DUTY "}")},
    {"User", OBJECT("\"id\",\"name\",\"role\",\"party\",\"duties\",\"x5t#S256\",\"disabled\",\"created_at\"",
                 "\"id\":" ID ",\"name\":" TEXT ",\"role\":" LOGIN ",\"party\":" ID_OR_NULL ",\"duties\":" ROLES ",\"x5t#S256\":" SHA_OR_NULL
                 ",\"disabled\":" BOOL ",\"created_at\":" TIME)},
    {"KeyRequest", CLOSED("\"passphrase\"", "\"passphrase\":" PASS ",\"subject\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}")},
    {"Key", OBJECT("\"kid\",\"csr\"", "\"kid\":" TEXT ",\"csr\":" TEXT)},
    {"CertsRequest", CLOSED("\"certs\"", "\"certs\":" CERTS)},
    {"TokenRequest", CLOSED("\"label\"", "\"label\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64},\"user\":" ID ",\"days\":" COUNT(3650))},
    {"Token", OBJECT("\"id\",\"user\",\"label\",\"expires_at\",\"revoked\"",
                  "\"id\":" SHA ",\"user\":" ID ",\"label\":" TEXT ",\"expires_at\":" TIME ",\"revoked\":" BOOL
                  ",\"token\":{\"type\":\"string\",\"pattern\":\"^suy_[A-Za-z0-9_-]{43}$\"}")},
    {"Audit", OBJECT("\"n\",\"at\",\"action\"", "\"n\":{\"type\":\"integer\"},\"at\":" TIME ",\"user\":" ID_OR_NULL ",\"action\":" TEXT
                  ",\"record\":" ID_OR_NULL ",\"detail\":" TEXT)},
    {"Limits", OBJECT("\"version\",\"items\",\"next\"", "\"version\":" TEXT ",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},\"next\":{\"type\":[\"string\",\"null\"]}")},
    {"TrustRequest", CLOSED("\"note\"", "\"note\":{\"type\":\"string\",\"maxLength\":1048576},\"certs\":" CERTS)},
    {"TrustAnswer", OBJECT("\"trust_version\",\"logged\"", "\"trust_version\":{\"type\":\"integer\"},\"logged\":{\"type\":\"boolean\"}")},
    {"VerifyRequest", "{\"type\":\"array\",\"maxItems\":1000,\"items\":{\"type\":\"string\",\"maxLength\":2048}}"},
    {"Verdict", OBJECT("\"verdict\",\"reasons\"", "\"verdict\":" TEXT ",\"reasons\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}")},
    {"Bundle", "{\"type\":\"object\"}"},
};
const size_t api_schemas_len = SY_LEN(api_schemas);
